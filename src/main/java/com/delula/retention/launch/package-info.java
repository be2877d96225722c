/**
 * Has a command that only reads carried out by a JVM that starts fast: with the classes
 * of an earlier call, kept beside an unpacked jar in the user's cache.
 */
@NullMarked
package com.delula.retention.launch;

import org.jspecify.annotations.NullMarked;
