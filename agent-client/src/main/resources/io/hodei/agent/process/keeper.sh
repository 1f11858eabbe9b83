# The keeper lives outside the agent's JVM and ends all process trees when the JVM cannot: when it died (end of input)
# or stands still (no beat in time). Every process of this agent carries HODEI_TREE=$1... in its environment.
# Input: "beat SECONDS" = the lease is good for so long; "rest" = there is no lease and nothing to guard.
mark="HODEI_TREE=$1\\."
timer=

sweep() {
  round=0
  while [ $round -lt 100 ]; do
    found=$(grep -ls "$mark" /proc/[0-9]*/environ 2>/dev/null)
    [ -z "$found" ] && return
    for file in $found; do
      pid=${file#/proc/}
      kill -KILL "${pid%/environ}" 2>/dev/null
    done
    round=$((round + 1))
  done
}

fence() {
  nap=
  trap 'kill $nap 2>/dev/null; wait $nap 2>/dev/null; exit 0' TERM
  sleep "$1" &
  nap=$!
  wait $nap
  sweep
  echo fenced
  while :; do
    sleep 1 &
    nap=$!
    wait $nap
    sweep
  done
}

disarm() {
  [ -n "$timer" ] && kill "$timer" 2>/dev/null && wait "$timer" 2>/dev/null
  timer=
}

trap '' INT HUP PIPE
sleep 0.01 2>/dev/null && fractions=yes
echo ready
while read -r word seconds; do
  disarm
  if [ "$word" = beat ]; then
    [ -z "$fractions" ] && seconds=${seconds%.*}
    fence "$seconds" &
    timer=$!
  elif [ "$word" = sweep ]; then
    sweep
    echo swept
  fi
done
sweep
disarm
