package com.delula.retention.run;

import java.util.Locale;

import jakarta.persistence.AttributeConverter;

/** Maps the engine's enums to the lower-case names that the history holds. */
final class Labels {

	private Labels() {
	}

	static final class OfMode implements AttributeConverter<Mode, String> {

		@Override
		public String convertToDatabaseColumn(Mode mode) {
			return mode.label();
		}

		@Override
		public Mode convertToEntityAttribute(String label) {
			return Mode.valueOf(label.toUpperCase(Locale.ROOT));
		}

	}

	static final class OfTrigger implements AttributeConverter<Trigger, String> {

		@Override
		public String convertToDatabaseColumn(Trigger trigger) {
			return trigger.label();
		}

		@Override
		public Trigger convertToEntityAttribute(String label) {
			return Trigger.valueOf(label.toUpperCase(Locale.ROOT));
		}

	}

	static final class OfStatus implements AttributeConverter<RunStatus, String> {

		@Override
		public String convertToDatabaseColumn(RunStatus status) {
			return status.label();
		}

		@Override
		public RunStatus convertToEntityAttribute(String label) {
			return RunStatus.valueOf(label.toUpperCase(Locale.ROOT));
		}

	}

}
