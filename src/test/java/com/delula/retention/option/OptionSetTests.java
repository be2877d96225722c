package com.delula.retention.option;

import java.util.List;

import com.delula.retention.option.RawValue.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Options are read exactly or not at all, wherever they come from. */
class OptionSetTests {

	private static final Option<Integer> HOURS = new Option<>("hours", OptionType.wholeNumber(0, 87_600));

	private static final Option<String> REASON = new Option<>("reason", OptionType.text());

	private static final OptionSet OPTIONS = new OptionSet(List.of(Option.DRY_RUN, HOURS, REASON));

	@Test
	void whatIsNotGivenIsNotThere() {
		OptionValues values = OPTIONS.parse(new RawOptions().add("hours", (String) null));
		assertThat(values.is(Option.DRY_RUN)).isFalse();
		assertThat(values.get(HOURS)).isNull();
		assertThat(values.get(REASON)).isNull();
	}

	@Test
	void whatIsGivenHasItsType() {
		OptionValues values = OPTIONS.parse(new RawOptions().add("hours", "7")
			.add("dryRun", new RawValue("true", Form.BOOLEAN))
			.add("reason", new RawValue(" x ", Form.STRING)));
		assertThat(values.is(Option.DRY_RUN)).isTrue();
		assertThat(values.get(HOURS)).isEqualTo(7);
		assertThat(values.get(REASON)).isEqualTo(" x ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "07", "00", "+1", "-1", "1.5", "1e3", "", " 1", "87601", "99999999999", "٣", "NaN" })
	void aNumberIsWholeAndWithoutLeadingZeros(String text) {
		assertThatExceptionOfType(OptionException.class)
			.isThrownBy(() -> OPTIONS.parse(new RawOptions().add("hours", text)))
			.withMessage("Invalid hours=" + text + ": must be a whole number from 0 to 87600.");
	}

	@ParameterizedTest
	@CsvSource({ "1,STRING", "1,BOOLEAN", "1,OTHER" })
	void aJsonValueHasTheTypeOfItsOption(String text, Form form) {
		assertThatExceptionOfType(OptionException.class)
			.isThrownBy(() -> OPTIONS.parse(new RawOptions().add("hours", new RawValue(text, form))));
	}

	@Test
	void unknownAndRepeatedNamesAreTold() {
		assertThatExceptionOfType(OptionException.class)
			.isThrownBy(() -> OPTIONS.parse(new RawOptions().add("dryrun", "true")))
			.withMessage("Unknown option 'dryrun'. Valid options: dryRun, hours, reason.");
		assertThatExceptionOfType(OptionException.class)
			.isThrownBy(() -> OPTIONS.parse(new RawOptions().add("hours", "1").add("hours", "1")))
			.withMessage("Repeated option 'hours': it can be given only once.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "4077|4077", "4,077|4077", "12|12", "' 12 '|12", "0|0" })
	void aPersonMayTypeANumberOfRowsAsItIsShown(String typed, long rows) {
		assertThat(OptionType.rowCount().parse(typed)).contains(rows);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "1,2", "007", "-12", "12.0", "all", "4,0777" })
	void whatIsNoNumberOfRows(String typed) {
		assertThat(OptionType.rowCount().parse(typed)).isEmpty();
	}

}
