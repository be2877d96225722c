package com.delula.retention.run;

/**
 * Who does something to a run, and through which door.
 *
 * @param actor the user's name
 * @param door the door
 */
public record Caller(String actor, Trigger door) {

}
