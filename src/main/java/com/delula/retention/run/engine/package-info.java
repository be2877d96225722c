/**
 * Admits runs, carries them out, closes them, and closes those that another instance left
 * open.
 */
@NullMarked
package com.delula.retention.run.engine;

import org.jspecify.annotations.NullMarked;
