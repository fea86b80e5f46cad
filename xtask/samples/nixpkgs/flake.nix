{
  outputs = { self }: {
    lib.nixosSystem = configuration: {
      config.system.build.toplevel = (import ./. configuration).system;
    };
  };
}
