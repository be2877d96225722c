/**
 * Ways to use the database that rely on nothing in a session: transactions, snapshots,
 * clock, errors.
 */
@NullMarked
package com.delula.retention.database;

import org.jspecify.annotations.NullMarked;
