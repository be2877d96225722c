package com.delula.retention.run.history;

import java.util.List;
import java.util.Map;

import com.delula.retention.run.LeftOut;
import com.delula.retention.run.RunAction;
import jakarta.persistence.AttributeConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Maps flat values to the text of a {@code jsonb} column. */
final class JsonMaps {

	private static final JsonMapper JSON = new JsonMapper();

	private JsonMaps() {
	}

	/** Any value as text. */
	static String text(Object value) {
		return JSON.writeValueAsString(value);
	}

	static final class OfTexts implements AttributeConverter<Map<String, String>, String> {

		@Override
		public String convertToDatabaseColumn(Map<String, String> map) {
			return JSON.writeValueAsString(map);
		}

		@Override
		public Map<String, String> convertToEntityAttribute(String text) {
			return JSON.readValue(text, new TypeReference<Map<String, String>>() {
			});
		}

	}

	static final class OfActions implements AttributeConverter<List<RunAction>, String> {

		@Override
		public String convertToDatabaseColumn(List<RunAction> actions) {
			return JSON.writeValueAsString(actions);
		}

		@Override
		public List<RunAction> convertToEntityAttribute(String text) {
			return JSON.readValue(text, new TypeReference<List<RunAction>>() {
			});
		}

	}

	static final class OfCounts implements AttributeConverter<Map<String, Long>, String> {

		@Override
		public String convertToDatabaseColumn(Map<String, Long> map) {
			return JSON.writeValueAsString(map);
		}

		@Override
		public Map<String, Long> convertToEntityAttribute(String text) {
			return JSON.readValue(text, new TypeReference<Map<String, Long>>() {
			});
		}

	}

	static final class OfLeftOut implements AttributeConverter<List<LeftOut>, String> {

		@Override
		public @Nullable String convertToDatabaseColumn(@Nullable List<LeftOut> rows) {
			return (rows != null) ? JSON.writeValueAsString(rows) : null;
		}

		@Override
		public @Nullable List<LeftOut> convertToEntityAttribute(@Nullable String text) {
			return (text != null) ? JSON.readValue(text, new TypeReference<List<LeftOut>>() {
			}) : null;
		}

	}

}
