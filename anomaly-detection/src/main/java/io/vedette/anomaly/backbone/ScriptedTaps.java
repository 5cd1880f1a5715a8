package io.vedette.anomaly.backbone;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;

/** A network that was traced elsewhere, run as it is. */
final class ScriptedTaps implements Taps {
    private final Script script;
    private final NDArray mean;
    private final NDArray deviation;
    private final Model model;
    private final Predictor<NDList, NDList> predictor;

    ScriptedTaps(Script script, NDManager manager) {
        this.script = script;
        mean = manager.create(script.description().mean(), new Shape(1, 3, 1, 1));
        deviation = manager.create(script.description().deviation(), new Shape(1, 3, 1, 1));
        model = Model.newInstance(script.name(), manager.getDevice(), "PyTorch");
        try {
            String file = script.module().getFileName().toString();
            model.load(script.module().toAbsolutePath().getParent(), file.substring(0, file.length() - 3));
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new NoSuchBackbone("the backbone " + script.module() + " is no TorchScript module", e);
        }
        predictor = model.newPredictor(new NoopTranslator(null));
    }

    @Override
    public NDList of(NDArray image) {
        try (NDArray centred = image.sub(mean);
                NDArray input = centred.div(deviation)) {
            NDList taps = predictor.predict(new NDList(input));
            taps.attach(image.getManager());
            check(taps, image.getShape());
            return taps;
        } catch (TranslateException e) {
            throw new IllegalStateException("the backbone " + script.module() + " cannot be run", e);
        }
    }

    private void check(NDList taps, Shape image) {
        int expected = script.description().taps().size();
        if (taps.size() != expected)
            throw new NoSuchBackbone("the backbone " + script.module() + " gives " + taps.size()
                    + " taps; its description names " + expected);
        for (int i = 0; i < expected; i++) {
            Shape shape = taps.get(i).getShape();
            long cells = image.get(3) / script.description().strides().get(i);
            if (shape.dimension() != 4 || Math.abs(shape.get(3) - cells) > 4)
                throw new NoSuchBackbone("the backbone " + script.module() + " gives " + shape + " at the tap "
                        + script.description().taps().get(i) + " for an image of " + image);
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
