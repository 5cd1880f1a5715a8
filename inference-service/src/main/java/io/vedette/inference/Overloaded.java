package io.vedette.inference;

/** Every place of a model's inference units is taken, waiting ones too. */
final class Overloaded extends RuntimeException {
    Overloaded(int units) {
        super("The model's " + units + " inference units are busy.");
    }
}
