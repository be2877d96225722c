/** What a rule is: a value that says which rows go, and nothing of how. */
@NullMarked
package com.delula.retention.rule;

import org.jspecify.annotations.NullMarked;
