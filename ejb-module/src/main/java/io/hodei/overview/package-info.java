/**
 * What somebody on call wants to see first: what jobs did in the last hour, and what needs a
 * person. Owns {@code job_minutes} and {@code job_start_times}. The holder of the duty {@code
 * overview} counts events into them; PostgreSQL decides how far it has counted. What is shown is at
 * most some seconds old.
 */
@NullMarked
package io.hodei.overview;

import org.jspecify.annotations.NullMarked;
