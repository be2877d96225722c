/**
 * The command line: {@code java -jar retention.jar status | cleanup | …}. Works on the
 * database directly, through the same engine as every other door. A new sub-command is a
 * class in this package that implements {@link com.delula.retention.cli.CliCommand};
 * nothing else has to be edited.
 */
@NullMarked
package com.delula.retention.cli;

import org.jspecify.annotations.NullMarked;
