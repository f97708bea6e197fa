/** Manufacturer and model as one text, as far as they are known. Some makers repeat their name in the model: "HP EliteBook 840". */
export function nameMakeModel(device: {
  readonly oemManufacturerName?: string | undefined;
  readonly modelName?: string | undefined;
}): string {
  const { oemManufacturerName: make = '', modelName: model = '' } = device;
  if (model === make || model.startsWith(`${make} `)) return model;
  return [make, model].filter((part) => part !== '').join(' ');
}
