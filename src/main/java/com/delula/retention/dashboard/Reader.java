package com.delula.retention.dashboard;

/**
 * Whoever looks at a page. What the buttons leave out is refused by
 * {@link DashboardSecurity} too.
 *
 * @param name the name; empty before the login
 * @param operator whether there are buttons to run and to cancel
 * @param admin whether there is the one for emergencies
 */
record Reader(String name, boolean operator, boolean admin) {

}
