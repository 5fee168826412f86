#compdef alembic
# alembic completion for zsh: alembic completion zsh > ~/.zfunc/_alembic, with fpath+=~/.zfunc before compinit
_alembic() {
  local -a lines candidates
  local line value
  lines=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "${lines[1]}" == ":files" ]]; then
    _files
    return
  fi
  for line in "${(@)lines}"; do
    [[ -n "$line" ]] || continue
    value="${line%%$'\t'*}"
    if [[ "$line" == *$'\t'* ]]; then
      candidates+=("${value//:/\\:}:${line#*$'\t'}")
    else
      candidates+=("${value//:/\\:}")
    fi
  done
  _describe -V alembic candidates
}
if [[ "${funcstack[1]}" == "_alembic" ]]; then
  _alembic "$@"
else
  compdef _alembic alembic
fi
