exec 4>&2 2>"$1"
shift
trap : TERM INT HUP
unset OLDPWD SHLVL
sh -c 'exec "$@" 2>&4 4>&-' sh "$@"
code=$?
echo "$code" >&2
times >&2
exit $code
