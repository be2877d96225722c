/** Reads, previews and saves changes of policies, the same for every door. */
@NullMarked
package com.delula.retention.policy.edit;

import org.jspecify.annotations.NullMarked;
