/**
 * What the service needs of the database that it is given: tables, columns, privileges
 * and indexes, and how it finds out about them.
 */
@NullMarked
package com.delula.retention.installation;

import org.jspecify.annotations.NullMarked;
