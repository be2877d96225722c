package com.delula.retention.cli;

import com.delula.retention.status.Forecast;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A duration that is estimated is not told to the tenth of a second. */
class ForecastTextTests {

	@ParameterizedTest
	@CsvSource({ "0.4,less than a second", "2.6,about 3 s", "7.7,about 8 s", "45.1,about 45 s", "59.8,about 1 min",
			"5400,about 1.5 h" })
	void aRunTakes(double seconds, String text) {
		assertThat(ForecastText.of(new Forecast(0, 5, null, seconds, null)))
			.contains("Next run: not scheduled; 5 rows due now, " + text + " at the pace of the last runs.");
	}

}
