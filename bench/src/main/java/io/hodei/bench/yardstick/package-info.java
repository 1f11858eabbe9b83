/**
 * What jobs cost elsewhere: bare PostgreSQL, db-scheduler, JobRunr and Quartz on our database
 * server.
 */
@NullMarked
package io.hodei.bench.yardstick;

import org.jspecify.annotations.NullMarked;
