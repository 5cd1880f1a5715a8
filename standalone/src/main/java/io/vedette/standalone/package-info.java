/** The commands of {@code ./vedette}: what a person asks for, and what is printed. The work itself is done in the packages below. */
package io.vedette.standalone;
