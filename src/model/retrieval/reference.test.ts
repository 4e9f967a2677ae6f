import { createReferenceRetrieval } from './reference.ts';
import { describeRetrievalEngine } from './contract.case.ts';

describeRetrievalEngine('typescript', createReferenceRetrieval);
