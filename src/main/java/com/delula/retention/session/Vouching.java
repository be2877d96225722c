package com.delula.retention.session;

/**
 * Says whose word on users is taken. Without a bean of this type a session of a
 * {@link VouchedUser} opens nothing.
 *
 * @param stamp what such sessions are bound to; another one ends them
 */
public record Vouching(String stamp) {

}
