// Writes the early layers of the networks in nsfwjs as one safetensors file each: node export.js MODELS OUT
// Batch normalisation is folded into the convolutions; kernels are stored OHWI, float32. What to compute, in which order,
// stands as JSON in the file's metadata, so that one hash covers weights and network alike.
'use strict';
const fs = require('fs');
const path = require('path');

const NETWORKS = [
  { name: 'inception-v3', folder: 'inception_v3', taps: { Mixed_5d: 'mixed2', Mixed_6c: 'mixed5' } },
  { name: 'mobilenet-v2', folder: 'mobilenet_v2',
    taps: { block_6_expand: 'block_6_expand_relu', block_10_expand: 'block_10_expand_relu' } },
];

/** The weights by name: {shape, values}. A uint8 weight is q * scale + min. */
function weights(folder, manifest) {
  const found = new Map();
  for (const group of manifest) {
    const bytes = Buffer.concat(group.paths.map((shard) =>
      Buffer.from(require(path.join(folder, `${shard}.min.js`)), 'base64')));
    let at = 0;
    for (const { name, shape, dtype, quantization } of group.weights) {
      const count = shape.reduce((a, b) => a * b, 1);
      const values = new Float64Array(count);
      if (quantization && quantization.dtype === 'uint8') {
        for (let i = 0; i < count; i++) values[i] = bytes[at + i] * quantization.scale + quantization.min;
        at += count;
      } else if (!quantization && dtype === 'float32') {
        for (let i = 0; i < count; i++) values[i] = bytes.readFloatLE(at + 4 * i);
        at += 4 * count;
      } else {
        throw new Error(`${name}: cannot read ${JSON.stringify({ dtype, quantization })}`);
      }
      found.set(name, { shape, values });
    }
    if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes of weights are left over`);
  }
  return found;
}

/** HWIO (depthwise: HWC1) to OHWI. */
function kernel({ shape: [h, w, i, o], values }, depthwise) {
  const [outputs, inputs] = depthwise ? [i, 1] : [o, i];
  const moved = new Float64Array(values.length);
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) for (let a = 0; a < i; a++) for (let b = 0; b < o; b++) {
    const [output, input] = depthwise ? [a, 0] : [b, a];
    moved[((output * h + y) * w + x) * inputs + input] = values[((y * w + x) * i + a) * o + b];
  }
  return { shape: [outputs, h, w, inputs], values: moved };
}

class Exporter {
  constructor(stored) {
    this.stored = stored;
    this.steps = [];
    this.maker = new Map();   // a layer's name -> the step that ends with it
    this.tensors = new Map();
  }

  add(layer) {
    const c = layer.config;
    const inputs = (layer.inbound_nodes[0] || []).map(([name]) => this.maker.get(name));
    const input = inputs[0];
    switch (layer.class_name) {
      case 'InputLayer': return this.maker.set(c.name, { out: 'image' });
      case 'Conv2D': case 'DepthwiseConv2D': return this.convolution(layer, input);
      case 'BatchNormalization': return this.fold(c, input);
      case 'Activation': case 'ReLU':
        if (c.activation && c.activation !== 'relu') throw new Error(`${c.name}: ${c.activation}`);
        input.max = c.max_value === 6 ? 6 : undefined;
        input.relu = true;
        return this.maker.set(c.name, input);
      case 'ZeroPadding2D':
        if (JSON.stringify(c.padding) !== '[[0,1],[0,1]]') throw new Error(`${c.name}: ${c.padding}`);
        return this.step(c.name, 'pad', [input], {});
      case 'MaxPooling2D': case 'AveragePooling2D':
        return this.step(c.name, layer.class_name === 'MaxPooling2D' ? 'maxpool' : 'avgpool', [input],
          { kernel: c.pool_size, stride: c.strides, padding: padding(c, c.pool_size) });
      case 'Concatenate': return this.step(c.name, 'concat', inputs, {});
      case 'Add': return this.step(c.name, 'add', inputs, {});
      default: throw new Error(`${c.name}: unknown layer ${layer.class_name}`);
    }
  }

  step(name, op, inputs, rest) {
    const step = { out: name, op, in: inputs.map((made) => made.out), ...rest };
    this.steps.push(step);
    this.maker.set(name, step);
    return step;
  }

  convolution({ class_name, config: c }, input) {
    const depthwise = class_name === 'DepthwiseConv2D';
    if (c.use_bias || c.activation !== 'linear') throw new Error(`${c.name}: bias or activation`);
    const stored = this.stored.get(`${c.name}/${depthwise ? 'depthwise_kernel' : 'kernel'}`);
    const w = kernel(stored, depthwise);
    this.step(c.name, 'conv', [input],
      { stride: c.strides, padding: padding(c, c.kernel_size), groups: depthwise ? w.shape[0] : 1 });
    this.tensors.set(`${c.name}.weight`, w);
  }

  fold(c, step) {
    const of = (part) => (this.stored.get(`${c.name}/${part}`) || {}).values;
    const gamma = of('gamma'), beta = of('beta'), mean = of('moving_mean'), variance = of('moving_variance');
    const w = this.tensors.get(`${step.out}.weight`);
    const each = w.values.length / mean.length;
    const bias = new Float64Array(mean.length);
    const deviation = variance.map((v) => Math.sqrt(v + c.epsilon));
    if (this.tensors.size === 1) this.stem(mean, deviation.map((v, o) => v / (gamma ? gamma[o] : 1)));
    for (let o = 0; o < mean.length; o++) {
      const scale = (gamma ? gamma[o] : 1) / deviation[o];
      for (let i = 0; i < each; i++) w.values[o * each + i] *= scale;
      bias[o] = beta[o] - mean[o] * scale;
    }
    this.tensors.set(`${step.out}.bias`, { shape: [mean.length], values: bias });
    this.maker.set(c.name, step);
  }

  /** What the first layer saw in training: how a test tells that it is fed as it was then. */
  stem(mean, unscale) {
    this.tensors.set('stem.mean', { shape: [mean.length], values: mean });
    this.tensors.set('stem.unscale', { shape: [mean.length], values: unscale });
  }
}

function padding(c, [h, w]) {
  if (c.padding === 'valid') return [0, 0];
  if (c.padding !== 'same' || c.strides.some((s) => s !== 1)) throw new Error(`${c.name}: padding`);
  return [(h - 1) / 2, (w - 1) / 2];
}

/** The layers that the taps need, in the order of the model, which is one of computation. */
function needed(layers, taps) {
  const byName = new Map(layers.map((layer) => [layer.config.name, layer]));
  const keep = new Set();
  const visit = (name) => {
    if (keep.has(name)) return;
    keep.add(name);
    for (const [input] of byName.get(name).inbound_nodes[0] || []) visit(input);
  };
  taps.forEach(visit);
  return layers.filter((layer) => keep.has(layer.config.name));
}

function safetensors(tensors, metadata) {
  const header = { __metadata__: metadata };
  const parts = [];
  let at = 0;
  for (const [name, { shape, values }] of tensors) {
    const bytes = Buffer.alloc(4 * values.length);
    values.forEach((v, i) => bytes.writeFloatLE(v, 4 * i));
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at += bytes.length] };
    parts.push(bytes);
  }
  let json = JSON.stringify(header);
  json += ' '.repeat((8 - (Buffer.byteLength(json) % 8)) % 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(json)));
  return Buffer.concat([length, Buffer.from(json), ...parts]);
}

function write({ name, folder, taps }, models, out) {
  const source = path.resolve(models, folder);
  const model = require(path.join(source, 'model.min.js'));
  const topology = model.modelTopology.model_config || model.modelTopology;
  const exporter = new Exporter(weights(source, model.weightsManifest));
  needed(topology.config.layers, Object.values(taps)).forEach((layer) => exporter.add(layer));
  const network = {
    name,
    taps: Object.entries(taps).map(([tap, layer]) => ({ name: tap, step: exporter.maker.get(layer).out })),
    steps: exporter.steps,
  };
  const file = path.join(out, `${name}.safetensors`);
  fs.writeFileSync(`${file}.part`, safetensors(exporter.tensors, { network: JSON.stringify(network) }));
  fs.renameSync(`${file}.part`, file);
}

const [models, out] = process.argv.slice(2);
fs.mkdirSync(out, { recursive: true });
NETWORKS.forEach((network) => write(network, models, out));
