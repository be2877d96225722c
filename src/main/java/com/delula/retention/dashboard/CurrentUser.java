package com.delula.retention.dashboard;

/**
 * The current user. A button that a role does not have is also refused by
 * {@link DashboardSecurity}.
 *
 * @param name the name; empty before the login
 * @param operator whether the user may run rules and cancel runs
 * @param admin whether the user may also run emergencies
 */
record CurrentUser(String name, boolean operator, boolean admin) {

}
