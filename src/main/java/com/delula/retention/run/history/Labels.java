package com.delula.retention.run.history;

import java.util.Locale;

import com.delula.retention.run.Mode;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import jakarta.persistence.AttributeConverter;
import org.jspecify.annotations.Nullable;

/**
 * Maps the engine's enums to the lower-case names that the history holds; a null is a
 * filter that is not set.
 */
final class Labels {

	private Labels() {
	}

	static final class OfMode implements AttributeConverter<Mode, String> {

		@Override
		public @Nullable String convertToDatabaseColumn(@Nullable Mode mode) {
			return (mode != null) ? mode.label() : null;
		}

		@Override
		public Mode convertToEntityAttribute(String label) {
			return Mode.valueOf(label.toUpperCase(Locale.ROOT));
		}

	}

	static final class OfTrigger implements AttributeConverter<Trigger, String> {

		@Override
		public @Nullable String convertToDatabaseColumn(@Nullable Trigger trigger) {
			return (trigger != null) ? trigger.label() : null;
		}

		@Override
		public Trigger convertToEntityAttribute(String label) {
			return Trigger.valueOf(label.toUpperCase(Locale.ROOT));
		}

	}

	static final class OfStatus implements AttributeConverter<RunStatus, String> {

		@Override
		public @Nullable String convertToDatabaseColumn(@Nullable RunStatus status) {
			return (status != null) ? status.label() : null;
		}

		@Override
		public RunStatus convertToEntityAttribute(String label) {
			return RunStatus.valueOf(label.toUpperCase(Locale.ROOT));
		}

	}

}
