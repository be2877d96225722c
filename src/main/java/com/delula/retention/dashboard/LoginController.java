package com.delula.retention.dashboard;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The login page: a form for a password, and a link for each other way. */
@PageController
class LoginController {

	private final List<PageLogin> logins;

	LoginController(ObjectProvider<PageLogin> logins) {
		this.logins = logins.orderedStream().toList();
	}

	@GetMapping("/login")
	String login(@Nullable Authentication caller, Model model) {
		if (caller != null) {
			return "redirect:/";
		}
		model.addAttribute("logins", this.logins);
		return "dashboard/login";
	}

}
