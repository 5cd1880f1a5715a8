/**
 * The audit log: one line of JSON for every call that changes something, in the fields of CloudTrail
 * (specification §8.4). Nothing here decides anything.
 */
package io.vedette.api.audit;
