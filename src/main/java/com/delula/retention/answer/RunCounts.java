package com.delula.retention.answer;

/** What a rule's older address counts of a run: its fields stand in the answer itself. */
public interface RunCounts {

}
