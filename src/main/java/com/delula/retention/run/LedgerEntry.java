package com.delula.retention.run;

/**
 * What the ledger's row of a run says.
 *
 * @param account whose account it is
 * @param amount the rows removed; below zero for rows put back
 * @param type the type of the row
 * @param description what happened, for a person
 */
public record LedgerEntry(String account, long amount, String type, String description) {

}
