package com.delula.retention.dashboard;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * What a page says when it cannot do what was asked.
 *
 * @param status the answer's status
 * @param title what is the matter
 * @param detail what to do now
 * @param run the run that it is about; null if it is about none
 */
record ErrorPage(HttpStatus status, String title, String detail, @Nullable UUID run) {

	static ErrorPage of(HttpStatus status, String title, String detail) {
		return new ErrorPage(status, title, detail, null);
	}

}
