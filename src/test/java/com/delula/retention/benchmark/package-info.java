/** Measures the built jar against plain SQL, on a PostgreSQL of its own. */
package com.delula.retention.benchmark;
