package com.delula.retention.password;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Wires the check of passwords, which the API and the pages share. */
@Configuration(proxyBeanMethods = false)
class PasswordConfiguration {

	@Bean
	AuthenticationProvider pacedPasswords(UserDetailsService users, PasswordEncoder encoder) {
		DaoAuthenticationProvider passwords = new DaoAuthenticationProvider(users);
		passwords.setPasswordEncoder(encoder);
		return new PacedPasswords(passwords, new AttemptPace(System::nanoTime));
	}

	@Bean
	FirstPassword firstPassword(AuthenticationProvider pacedPasswords) {
		return new FirstPassword(pacedPasswords);
	}

}
