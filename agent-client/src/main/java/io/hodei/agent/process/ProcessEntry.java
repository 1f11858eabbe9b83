package io.hodei.agent.process;

/**
 * One process as the operating system shows it.
 *
 * @param started start time; together with the pid it names a process for good
 * @param cpuMicros own CPU time and that of its children that it waited for
 * @param residentBytes 0 when unknown
 */
record ProcessEntry(
    long pid, long parent, long started, String name, long cpuMicros, long residentBytes) {}
