import { readKernels } from '../scripts/buildKernels.ts';
import { createRankingKernel } from '../src/model/kernels/rankingKernel.ts';
import { createWasmRetrieval } from '../src/model/retrieval/wasm.ts';
const module = await WebAssembly.compile(await readKernels());
for (const N of [10000,100000,1000000]) for (const heavy of [false,true]) {
  const dim=64, blockRows=256;
  const kernel = await createRankingKernel(module,{rows:N,stride:64,blockRows});
  const blockNorms=new Float64Array(Math.ceil(N/blockRows));
  for(let r=0;r<N;r++){ const s = heavy? Math.pow((r+1),-0.35)*Math.pow(1,1):1; let n=0; const amp = heavy? 127*s*0.9:35; for(let f=0;f<dim;f++){ const v=Math.round((Math.random()+Math.random()+Math.random()-1.5)*amp); const c=Math.max(-127,Math.min(127,v)); kernel.factors[r*64+f]=c; n+=c*c;} const b=Math.floor(r/blockRows); blockNorms[b]=Math.max(blockNorms[b],Math.sqrt(n)); }
  const e=createWasmRetrieval(kernel,{rows:N,dim,stride:64,values:kernel.factors,scale:1,blockRows,blockNorms});
  const ts:number[]=[];
  for(let i=0;i<(N>5e5?40:300);i++){ const q=Float64Array.from({length:64},()=>Math.random()-0.5); const t=performance.now(); e.topK({vector:q,k:50,mask:null,measure:'inner-product'}); ts.push(performance.now()-t);} ts.sort((a,b)=>a-b);
  console.log(N,heavy?'heavy':'equal','min',ts[0].toFixed(3),'median',ts[ts.length>>1].toFixed(3));
}
