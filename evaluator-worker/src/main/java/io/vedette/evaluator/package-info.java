/**
 * The evaluator: a complete artifact in, the two evaluation files and a trained model out. It alone moves a model to
 * TRAINED; it never fails one, and never migrates the schema.
 */
package io.vedette.evaluator;
