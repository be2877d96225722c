/** Holds the documentation to what it describes. */
package com.delula.retention.docs;
