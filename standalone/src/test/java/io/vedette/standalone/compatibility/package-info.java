/** The compatibility report: which lines of the API's checklist the build has just proven, over all modules' tests. */
package io.vedette.standalone.compatibility;
