package com.delula.retention.dashboard;

import java.util.List;

import com.delula.retention.dashboard.RunSeries.Throughput;
import com.delula.retention.run.LedgerEntry;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a run tells besides the run itself.
 *
 * @param options its options, in words
 * @param throughput how fast it went over time; null where nobody knows
 * @param groupNoun what a group is, such as "recipe"
 * @param groups rows removed by group, most first
 * @param moreGroups groups beyond those
 * @param ledger its row in the ledger; null where it has none, or not yet
 * @param again where it is prepared once more; null where the current user cannot
 */
record RunDetails(List<String> options, @Nullable Throughput throughput, String groupNoun, List<Choice> groups,
		long moreGroups, @Nullable LedgerEntry ledger, @Nullable String again) {

}
