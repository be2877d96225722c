package com.delula.retention.architecture.planted.backlog;

/** What the planted engine should not know. */
public final class SomeRule {

	private SomeRule() {
	}

	public static String name() {
		return "some rule";
	}

}
