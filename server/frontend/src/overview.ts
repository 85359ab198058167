// The overview.
export {};
