# alembic completion for fish: alembic completion fish > ~/.config/fish/completions/alembic.fish
function __alembic_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l reply ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
    if test "$reply" = ":files"
        __fish_complete_path "$current"
    else
        printf '%s\n' $reply
    end
end
complete -c alembic -f -a '(__alembic_complete)'
