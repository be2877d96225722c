package com.delula.retention.notify;

import java.time.Instant;
import java.util.Map;

import com.delula.retention.validation.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Signatures are those of Standard Webhooks, and a text commands nobody. */
class MessageTests {

	/** The example of the specification's reference libraries. */
	@Test
	void signsTheKnownExample() {
		Signer signer = Signer.of("secret", "ops", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
		assertThat(signer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330L, "{\"test\": 2432232314}"))
			.isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
	}

	@Test
	void signsWithEachKeyWhileASecretIsChanged() {
		String one = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
		String two = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
		String both = Signer.of("secret", "ops", one + " " + two).sign("msg_1", 1, "{}");
		assertThat(both.split(" ")).containsExactly(Signer.of("secret", "ops", one).sign("msg_1", 1, "{}"),
				Signer.of("secret", "ops", two).sign("msg_1", 1, "{}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "whsec_", "whsec_c2hvcnQ=", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS?",
			"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" })
	void refusesWhatIsNoSecretWithoutRepeatingIt(String secret) {
		assertThatThrownBy(() -> Signer.of("retention.notify.webhooks[0].secret", "ops", secret))
			.isInstanceOf(InvalidSettingException.class)
			.hasMessageMatching(
					"Invalid retention\\.notify\\.webhooks\\[0]\\.secret=(\\(of ops\\))?: must be whsec_ and .*");
	}

	@Test
	void aTextIsOneLineWithoutCommandsOfChatSystems() {
		Event event = new Event("key", "run.failed", Instant.EPOCH, "Failed:\n<!channel> " + "x".repeat(3000),
				Map.of());
		assertThat(event.text()).startsWith("Failed: ‹!channel› xxx").hasSize(2000).doesNotContain("<", "\n");
		assertThat(event.body())
			.startsWith("{\"type\":\"run.failed\",\"timestamp\":\"1970-01-01T00:00:00Z\",\"text\":\"");
	}

}
