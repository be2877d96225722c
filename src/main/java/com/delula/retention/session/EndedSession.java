package com.delula.retention.session;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A session that somebody logged out of before it expired. */
@Entity
@Table(name = "retention_ended_session")
class EndedSession {

	@Id
	private String id = "";

	/** When a copy of its cookie is worth nothing any more. */
	private Instant forgetAt = Instant.EPOCH;

	String id() {
		return this.id;
	}

	Instant forgetAt() {
		return this.forgetAt;
	}

}
