# alembic completion for bash: alembic completion bash >> ~/.bashrc
_alembic_complete() {
  local line="${COMP_LINE:0:COMP_POINT}" words current reply candidate begin=""
  read -ra words <<<"$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  current="${words[${#words[@]}-1]}"
  reply="$("$1" __complete "${words[@]:1}" 2>/dev/null)"
  COMPREPLY=()
  if [[ "$reply" == ":files" ]]; then
    compopt -o default 2>/dev/null
    return
  fi
  # Readline takes what is behind the last of these for the word.
  [[ "$current" == *[@:=]* ]] && begin="${current%"${current##*[@:=]}"}"
  while IFS=$'\t' read -r candidate _; do
    [[ -n "$candidate" ]] && COMPREPLY+=("${candidate#"$begin"}")
  done <<<"$reply"
}
complete -F _alembic_complete alembic
