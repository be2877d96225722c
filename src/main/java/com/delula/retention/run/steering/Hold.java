package com.delula.retention.run.steering;

import com.delula.retention.run.WaitReason;

/**
 * What a run waits for.
 *
 * @param reason the reason
 * @param text the same in words that follow "waits for"; without numbers that change, so
 * that it is written down only once
 */
record Hold(WaitReason reason, String text) {

}
