/**
 * What the api works off beside its callers: rows that one process at a time has claimed. What the work is, is said by the
 * packages whose rows they are.
 */
package io.vedette.api.background;
