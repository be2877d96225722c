/**
 * Options of calls as values: what each is named, what it may be, and how what was sent
 * is read. The one grammar of all doors; knows neither the web nor the command line.
 */
@NullMarked
package com.delula.retention.option;

import org.jspecify.annotations.NullMarked;
