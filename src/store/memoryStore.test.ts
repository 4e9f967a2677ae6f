import { MemoryStore } from './memoryStore.ts';
import { storeContract } from './contract.case.ts';

storeContract({ name: 'memory', open: () => new MemoryStore() });
