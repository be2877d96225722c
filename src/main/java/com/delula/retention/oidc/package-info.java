/** Knows callers and users by an OpenID provider, where one is configured. */
@NullMarked
package com.delula.retention.oidc;

import org.jspecify.annotations.NullMarked;
