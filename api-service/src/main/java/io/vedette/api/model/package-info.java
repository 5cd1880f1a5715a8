/**
 * Models as callers see them: asked for, described and listed. How a model gets on once it is asked for is
 * {@code tracking}'s business; who evaluates it, the evaluator's.
 */
package io.vedette.api.model;
