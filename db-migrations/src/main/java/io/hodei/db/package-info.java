/** The database: its migrations, and the rules it must satisfy before a node works with it. */
@NullMarked
package io.hodei.db;

import org.jspecify.annotations.NullMarked;
