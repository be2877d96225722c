package com.delula.retention.dashboard;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The login page: a form for a password, and a link for each other way. */
@PageController
class LoginController {

	private final List<PageLogin> logins;

	LoginController(ObjectProvider<PageLogin> logins) {
		this.logins = logins.orderedStream().toList();
	}

	@GetMapping("/login")
	String login(@Nullable Authentication caller, @RequestParam(required = false) @Nullable String error,
			HttpServletRequest request, Model model) {
		if (caller != null) {
			return "redirect:/";
		}
		model.addAttribute("name", (error != null) ? LoginFailures.keptName(request) : "");
		model.addAttribute("logins", this.logins);
		return "dashboard/login";
	}

}
