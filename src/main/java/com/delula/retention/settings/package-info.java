/**
 * The environment's names of the settings, and the one line that a failed start leaves.
 */
@NullMarked
package com.delula.retention.settings;

import org.jspecify.annotations.NullMarked;
