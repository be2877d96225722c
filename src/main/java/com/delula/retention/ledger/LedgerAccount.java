package com.delula.retention.ledger;

/**
 * The account to which all runs are booked.
 *
 * @param userId the id of its row in {@code users}
 */
public record LedgerAccount(String userId) {

}
